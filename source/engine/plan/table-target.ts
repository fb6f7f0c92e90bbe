import type {Column, Table} from '../../model/catalog.ts';
import type {Layout, LayoutColumn} from '../../model/layout.ts';

/** One column of a layout, as the statements that write rows will find it on prod. */
export type ColumnTarget = {
	/** As prod will spell it. */
	readonly name: string;
	readonly role: LayoutColumn['role'];
	readonly isCompared: boolean;
	/** It exists now, and nobody but us computes it. */
	readonly isWritableBefore: boolean;
	/** It will exist when rows are written, and nobody but us computes it. */
	readonly isWritable: boolean;
	/** Prod's rows hold other values in it after the structure changed, if they differ from dev's. */
	readonly isConverted: boolean;
	/** Prod keeps another type than dev: what is written may be stored as something else. */
	readonly isForeign: boolean;
};

/** A table whose rows are written, as it will be at that moment. */
export type TableTarget = {
	/** Position in the run's list of tables. */
	readonly number: number;
	readonly layout: Layout;
	readonly table: Table;
	/** Null: the plan creates it. */
	readonly tableBefore: Table | null;
	/** In the layout's order. */
	readonly columns: readonly ColumnTarget[];
	readonly keyIndexes: readonly number[];
	/**
	The columns that identify a row which has no key, before and after alike: those whose
	values no change of structure touches.
	*/
	readonly rowsIndexes: readonly number[];
	/**
	Rows must go before the structure changes: afterwards their values are converted, and a
	guard could no longer tell them from others. Where the structure commits by itself they go with
	the others, and are read before anything runs.
	*/
	readonly deletesEarly: boolean;
};

export type TargetInput = {
	readonly number: number;
	readonly layout: Layout;
	readonly before: Table | null;
	readonly after: Table;
	readonly dev: Table;
	readonly foldName: (name: string) => string;
	readonly foldType: (type: string) => string;
	/** Rows and structure are one transaction: the one may come between parts of the other. */
	readonly isAtomic: boolean;
	/** The trait of this name. */
	readonly typesValues: boolean;
};

export function makeTarget(input: TargetInput): TableTarget {
	const {number, layout, before, after, dev} = input;
	const {foldName, foldType, isAtomic, typesValues} = input;
	const finder = (table: Table | null) => {
		const columns = new Map(table?.columns.map((column) => [foldName(column.name), column]));
		return (name: string) => columns.get(foldName(name)) ?? null;
	};
	const [findBefore, findAfter, findDev] = [finder(before), finder(after), finder(dev)];
	const differ = (a: Column | null, b: Column | null) =>
		a !== null && b !== null && foldType(a.type) !== foldType(b.type);
	// Elsewhere a column's type alone decides what it holds.
	const isRewritten = typesValues && before !== null && !haveSameOptions(before, after);
	const isUnlikeDev = typesValues && !haveSameOptions(dev, after);

	const columns = layout.columns.map(({name, role, as}, index): ColumnTarget => {
		const [was, is] = [findBefore(name), findAfter(name)];
		const losesNull = was !== null && is !== null && was.nullable && !is.nullable;
		return {
			name: is?.name ?? name,
			role,
			isCompared: index < layout.comparedCount,
			isWritableBefore: was !== null && was.generated === null,
			isWritable: is !== null && is.generated === null,
			isConverted: was !== null && is !== null && (isRewritten || losesNull || differ(was, is)),
			// Compared in one common form, it must come back as what was written.
			isForeign: is !== null && as === undefined && (isUnlikeDev || differ(is, findDev(name))),
		};
	});
	const keyIndexes = layout.key.columns.map((name) =>
		layout.columns.findIndex((column) => column.name === name),
	);
	const rowsIndexes = columns.flatMap((column, index) => {
		const isSteady = before === null || (column.isWritableBefore && !column.isConverted);
		const isKnown = column.isCompared && column.isWritable && !column.isForeign;
		return isSteady && isKnown ? [index] : [];
	});
	const deletesEarly =
		isAtomic && columns.some(({isCompared, isConverted}) => isCompared && isConverted);
	return {
		number,
		layout,
		table: after,
		tableBefore: before,
		columns,
		keyIndexes,
		rowsIndexes,
		deletesEarly,
	};
}

/** `STRICT` and its like decide what a column may hold. */
function haveSameOptions(a: Table, b: Table): boolean {
	return [...a.options].sort().join('\n') === [...b.options].sort().join('\n');
}

/** The compared columns alone, whatever their condition: how touched rows are read back. */
export function verificationLayout({layout}: TableTarget): Layout {
	return {
		...layout,
		columns: layout.columns.slice(0, layout.comparedCount),
		leftOut: [],
		where: null,
	};
}

/** How the copies of a row without a key are counted. */
export function countingLayout({layout, rowsIndexes}: TableTarget): Layout {
	const columns = rowsIndexes.flatMap((index) => layout.columns[index] ?? []);
	return {
		...layout,
		columns,
		comparedCount: columns.length,
		key: {kind: 'rows', columns: [], reason: ''},
		leftOut: [],
		where: null,
	};
}
