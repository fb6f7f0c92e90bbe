import type {Catalog} from '../../model/catalog.ts';
import type {PackFrame} from '../dialect.ts';
import {quoteName, quoteText} from './names.ts';
import {spellingSettings} from './session.ts';

/** What psql needs so that a pack means the same there as here. */
export function makePackFrame({schemas}: Catalog): PackFrame {
	const [defaultSchema = 'public'] = schemas;
	return {
		prologue: [
			// The shell goes on after an error unless it is told.
			'\\set ON_ERROR_STOP on',
			`SET client_encoding = 'UTF8'`,
			...Object.entries(spellingSettings).map(
				([name, value]) => `SET ${name} = ${quoteText(value)}`,
			),
			`SET search_path = ${quoteName(defaultSchema)}`,
			'BEGIN',
		],
		epilogue: ['COMMIT'],
	};
}
