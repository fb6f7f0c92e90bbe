import type {Column, Table} from '../../../model/catalog.ts';
import type {ValueType} from '../../../model/value-type.ts';
import type {Context} from './translate-catalog.ts';

/**
A column in prod's words.

@param twin The column of the same name on prod.
@returns Null when prod's engine has no type for it and there is no twin: it is listed.
*/
export function translateColumn(
	column: Column,
	twin: Column | null,
	table: Table,
	context: Context,
): Column | null {
	const {engines, report} = context;
	const label = `${table.name}.${column.name}`;
	const type = translateType(column, twin, context);
	if (type === null) {
		report('column', label, `its type, ${column.type}, has no counterpart`);
		return twin;
	}
	const isSameType = twin !== null && type === twin.type;
	const isKey = table.primaryKey?.columns.some((each) => each.column === column.name) === true;
	if (column.generated && !twin?.generated) {
		report('generated column', label, 'its expression is in the language of its engine');
	}
	const translated: Column = {
		name: twin?.name ?? column.name,
		type,
		nullable: isKey ? (twin?.nullable ?? false) : column.nullable,
		default: translateDefault(column, twin, label, context),
		generated: twin?.generated ?? null,
		collation: isSameType ? twin.collation : null,
		// Where it follows from the key alone it says nothing about the other engine.
		identity: twin && engines.dev.traits.identityFollowsKey ? twin.identity : column.identity,
		valueType: isSameType ? twin.valueType : column.valueType,
		keyOrder: isSameType ? twin.keyOrder : column.keyOrder,
		...keepTwinFacts(twin),
	};
	const comment = column.comment ?? twin?.comment;
	return {
		...translated,
		...(comment === undefined ? {} : {comment}),
		...(translated.identity && twin?.identitySource ? {identitySource: twin.identitySource} : {}),
	};
}

/** What no other engine could tell. */
function keepTwinFacts(twin: Column | null): Partial<Column> {
	return {
		...(twin?.onNull === undefined ? {} : {onNull: twin.onNull}),
		...(twin?.onUpdate === undefined ? {} : {onUpdate: twin.onUpdate}),
		...(twin?.characterSet === undefined ? {} : {characterSet: twin.characterSet}),
		...(twin?.facts === undefined ? {} : {facts: twin.facts}),
	};
}

/** Prod's own type where both mean the same, whichever of the two engines is asked. */
function translateType(column: Column, twin: Column | null, {engines}: Context): string | null {
	const spelled = engines.prod.spellType(column.valueType);
	if (!twin) return spelled;
	const isSame = (engine: 'prod' | 'dev', own: string | null, other: string) =>
		own !== null && engines[engine].normalise.type(own) === engines[engine].normalise.type(other);
	const back = engines.dev.spellType(twin.valueType);
	const isAlike =
		areValuesAlike(column.valueType, twin.valueType) ||
		isSame('prod', spelled, twin.type) ||
		isSame('dev', back, column.type);
	return isAlike ? twin.type : spelled;
}

/** Whether two types hold the same values; a precision that is not known is the engine's own. */
function areValuesAlike(a: ValueType, b: ValueType): boolean {
	if (a.kind !== b.kind) return false;
	if ('precision' in a && 'precision' in b && a.kind !== 'decimal') {
		return (a.precision ?? 6) === (b.precision ?? 6);
	}
	return JSON.stringify(a) === JSON.stringify(b);
}

const constant = /^\(*\s*('(?:[^']|'')*'|[-+]?\d+(?:\.\d+)?|true|false|null)\s*\)*(?:::.*)?$/is;
const moment =
	/^\(*\s*(?:current_timestamp|now|localtimestamp|(?:pg_catalog\.)?transaction_timestamp|datetime\('now'\))(?:\(\d*\))?\s*\)*(?:::.*)?$/is;

/** Constants and the time of writing; what else is written there is listed and taken as prod's. */
function translateDefault(
	column: Column,
	twin: Column | null,
	label: string,
	{report}: Context,
): string | null {
	const {default: written, valueType} = column;
	if (written === null) return null;
	const meaning = readDefault(written, valueType);
	if (meaning === null) {
		report('default', label, `${written} is in the language of its engine`);
		return twin?.default ?? null;
	}
	const own = twin?.default ?? null;
	return own !== null && readDefault(own, valueType) === meaning ? own : meaning;
}

/** The same text for defaults that mean the same; null: it is no constant. */
function readDefault(text: string, {kind}: ValueType): string | null {
	if (moment.test(text)) return 'CURRENT_TIMESTAMP';
	const value = constant.exec(text)?.[1];
	if (value === undefined) return null;
	const plain = /^'([-+]?\d+(?:\.\d+)?)'$/.exec(value)?.[1];
	const isNumber = kind === 'integer' || kind === 'decimal' || kind === 'real';
	if (kind === 'boolean') {
		const word = (plain ?? value).toLowerCase().replaceAll("'", '');
		if (['1', 'true', 't'].includes(word)) return 'true';
		if (['0', 'false', 'f'].includes(word)) return 'false';
	}
	if (isNumber && /^(?:true|false)$/i.test(value))
		return value.toLowerCase() === 'true' ? '1' : '0';
	if (isNumber && plain !== undefined) return plain;
	return value.startsWith("'") ? value : value.toLowerCase();
}
