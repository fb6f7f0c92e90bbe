import type {Take} from '../model/row-change.ts';
import type {Side} from './config.ts';
import {parseConnectionText} from './connection-url.ts';
import {isMapping, type Mapping} from './key-path.ts';

/** What `init` asks for. Sides are URLs or paths. */
export type InitAnswers = {
	readonly prod: string;
	readonly dev: string;
	readonly base?: string;
	readonly ignoreTables?: readonly string[];
	readonly ignoreColumns?: readonly string[];
	readonly strategy?: Take;
};

export type RenderedConfig = {
	/** YAML. */
	readonly text: string;
	/** Variables that must be set to the passwords that were taken out. */
	readonly variables: readonly string[];
};

/**
Writes a `.deepdiffrc` from answers. A password inside a URL is not written: a variable
takes its place.

@throws {ConfigurationError} For a URL that can't be understood.
*/
export function renderConfig(answers: InitAnswers): RenderedConfig {
	const sides = (['prod', 'dev', 'base'] as const).flatMap((side) => {
		const text = answers[side];
		return text === undefined || text === '' ? [] : [renderSide(side, text)];
	});
	const {ignoreTables = [], ignoreColumns = [], strategy} = answers;
	const lines = [
		'# DeepDiff DB. Every key is described in .deepdiffrc.example.',
		'# Values may hold ${VARIABLES}; a relative path starts from the folder of this file.',
		...sides.flatMap(({lines}) => ['', ...lines]),
	];
	if (ignoreTables.length > 0 || ignoreColumns.length > 0) {
		lines.push(
			'',
			'# Left out of the comparison.',
			'ignore:',
			...renderList('tables', ignoreTables),
			...renderList('columns', ignoreColumns),
		);
	}
	if (strategy !== undefined && strategy !== 'manual') {
		lines.push('', ...strategyComment, 'conflicts:', `  default: ${strategy}`);
	}
	const variables = sides.flatMap(({variable}) => (variable === undefined ? [] : [variable]));
	return {text: lines.join('\n') + '\n', variables};
}

const comments: Readonly<Record<Side, string>> = {
	prod: '# The database that will be changed.',
	dev: '# The database that the changes come from.',
	base: '# The common ancestor of both.',
};

const strategyComment = ['# What becomes of a conflict that nothing else decides.'];

function renderSide(
	side: Side,
	text: string,
): {readonly lines: readonly string[]; readonly variable?: string} {
	const {password, ...form} = parseConnectionText(text, side);
	if (password === undefined) return {lines: [comments[side], `${side}: ${renderText(text)}`]};
	// The object form, because a variable inside a URL would have to be percent-encoded.
	const variable = `${side.toUpperCase()}_PASSWORD`;
	const lines = [
		comments[side],
		`${side}:`,
		...renderMapping(form, '  '),
		`  password: \${${variable}}`,
	];
	return {lines, variable};
}

function renderMapping(mapping: Mapping, indent: string): readonly string[] {
	return Object.entries(mapping).flatMap(([key, value]) => {
		if (isMapping(value)) return [`${indent}${key}:`, ...renderMapping(value, `${indent}  `)];
		const items = Array.isArray(value) ? value.map((item) => renderText(String(item))) : undefined;
		return [
			`${indent}${key}: ${items === undefined ? renderText(String(value)) : `[${items.join(', ')}]`}`,
		];
	});
}

function renderList(key: string, items: readonly string[]): readonly string[] {
	if (items.length === 0) return [];
	return [`  ${key}:`, ...items.map((item) => `    - ${renderText(item)}`)];
}

/** A YAML scalar that is read back as exactly this text, with `${` kept from being a variable. */
function renderText(text: string): string {
	const escaped = text.replaceAll('${', () => '$${');
	const isPlain = /^(?:\.{0,2}\/)?[A-Za-z_](?:[\w./:@-]*[\w/])?$/.test(escaped);
	if (isPlain && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(escaped)) return escaped;
	return JSON.stringify(escaped).replaceAll(
		/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
