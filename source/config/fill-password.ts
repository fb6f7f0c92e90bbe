import {readFile} from 'node:fs/promises';
import type {ConnectionSettings} from '../model/connection-settings.ts';
import {ConfigurationError} from '../model/errors.ts';

/** Asks the person for a password without showing it. */
export type AskPassword = (settings: ConnectionSettings) => Promise<string>;

/**
Gives settings that hold their password, once it is needed: a password that is written
wins over `passwordFile`, that over asking. Settings that need none come back as they are.

@param ask Undefined where nobody can be asked.
@throws {ConfigurationError} When the file can't be read, or nobody can be asked.
*/
export async function fillPassword(
	settings: ConnectionSettings,
	ask: AskPassword | undefined,
): Promise<ConnectionSettings> {
	if ('file' in settings || settings.password !== undefined) return settings;
	if (settings.passwordFile !== undefined) {
		return {...settings, password: await readPasswordFile(settings.passwordFile)};
	}
	if (!settings.passwordPrompt) return settings;
	if (ask === undefined) {
		throw new ConfigurationError('A password is needed and there is no terminal to ask on.', {
			hint: 'Use passwordFile, or password with a variable: ${PROD_PASSWORD}.',
		});
	}
	return {...settings, password: await ask(settings)};
}

async function readPasswordFile(file: string): Promise<string> {
	const text = await readFile(file, 'utf8').catch((error: unknown) => {
		throw new ConfigurationError(`The password file ${file} can't be read.`, {
			hint: 'Check the path and its permissions.',
			cause: error,
		});
	});
	const [firstLine = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
	if (firstLine !== '') return firstLine;
	throw new ConfigurationError(`The password file ${file} is empty.`, {
		hint: 'Its first line must be the password.',
	});
}
