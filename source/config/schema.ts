import * as z from 'zod';
import {tlsModes} from '../model/connection-settings.ts';
import {rowStates} from '../model/row-change.ts';
import {allowKinds} from '../model/schema-change.ts';
import {textDifferences} from './config.ts';

/**
The configuration as a person writes it, after URLs were taken apart and old names
replaced. Whatever is not here is an unknown key.
*/

const take = z.enum(['ours', 'theirs', 'manual']);
const name = z.string().min(1);
const names = z.array(name);
const nameOrNames = z.union([name, names], {error: 'must be a name or a list of names'});
const wholeNumber = z.number().int().min(0);

const durationPattern = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)$/;
const millisecondsPer = {ms: 1, s: 1000, m: 60_000, h: 3_600_000} as const;
const durationError = {
	error: 'must be a whole number of milliseconds, or a text such as "500ms", "10s" or "2m"',
};

const duration = z
	.union([wholeNumber, z.string().regex(durationPattern, durationError)], durationError)
	.transform((written) => {
		if (typeof written === 'number') return written;
		const [, amount = '0', unit = 'ms'] = durationPattern.exec(written) ?? [];
		// The pattern lets no other unit through.
		return Math.round(Number(amount) * millisecondsPer[unit as keyof typeof millisecondsPer]);
	});

export const driverNames = {
	sqlite: 'sqlite',
	sqlite3: 'sqlite',
	postgres: 'postgres',
	postgresql: 'postgres',
	mysql: 'mysql',
	mariadb: 'mysql',
	mssql: 'mssql',
	sqlserver: 'mssql',
	oracle: 'oracle',
} as const;

export type DriverName = keyof typeof driverNames;

const driverList = Object.keys(driverNames) as DriverName[]; // Object.keys widens to string.

export const connectionSchema = z.strictObject({
	driver: z.enum(driverList).optional(),
	file: name.optional(),
	host: name.optional(),
	port: z.number().int().min(1).max(65_535).optional(),
	socketPath: name.optional(),
	user: name.optional(),
	password: z.string().optional(),
	passwordFile: name.optional(),
	passwordPrompt: z.boolean().default(false),
	database: name.optional(),
	schema: nameOrNames.optional(),
	tls: z
		.strictObject({
			mode: z.enum(tlsModes).default('prefer'),
			ca: name.optional(),
			cert: name.optional(),
			key: name.optional(),
		})
		.prefault({}),
	connectTimeout: duration.default(10_000),
	lockTimeout: duration.default(10_000),
	statementTimeout: duration.default(0),
	snapshot: z.boolean().default(true),
});

const table = z.strictObject({
	key: z.array(name).min(1).optional(),
	where: name.optional(),
	strategy: take.optional(),
	tolerance: z.record(z.string(), z.number().min(0)).optional(),
});

const state = z.enum(rowStates);
const difference = z.enum(textDifferences);

const rule = z.strictObject({
	table: name.default('*'),
	column: name.optional(),
	when: z
		.strictObject({
			state: z.union([state, z.array(state).min(1)], oneOrSeveral(rowStates)).optional(),
			devNewerBy: name.optional(),
			prodNewerBy: name.optional(),
			equalIgnoring: z
				.union([difference, z.array(difference).min(1)], oneOrSeveral(textDifferences))
				.optional(),
		})
		.prefault({}),
	take,
});

export const configSchema = z.strictObject({
	prod: connectionSchema.optional(),
	dev: connectionSchema.optional(),
	base: connectionSchema.optional(),
	ignore: z
		.strictObject({
			tables: names.default([]),
			columns: names.default([]),
			objects: names.default([]),
		})
		.prefault({}),
	tables: z.record(z.string(), table).default({}),
	conflicts: z
		.strictObject({
			default: take.default('manual'),
			tables: z.record(z.string(), take).default({}),
			rules: z.array(rule).default([]),
		})
		.prefault({}),
	allow: z.partialRecord(z.enum(allowKinds), z.boolean()).default({}),
	performance: z
		.strictObject({
			parallel: z.number().int().min(1).max(64).default(2),
			segmentMilliseconds: z.number().int().min(1).default(500),
			maxRowsPerSecond: wholeNumber.default(0),
			reconnectSeconds: wholeNumber.default(300),
		})
		.prefault({}),
	output: z
		.strictObject({
			directory: name.optional(),
			color: z.enum(['auto', 'always', 'never']).default('auto'),
		})
		.prefault({}),
});

export type ConfigInput = z.output<typeof configSchema>;
export type ConnectionInput = z.output<typeof connectionSchema>;

function oneOrSeveral(values: readonly string[]): {error: string} {
	return {error: `must be one or a list of ${values.join(', ')}`};
}
