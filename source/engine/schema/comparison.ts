import type {Dialect} from '../../dialects/dialect.ts';
import type {Catalog, ForeignKey, IndexedColumn, Table} from '../../model/catalog.ts';

/** What of a dialect tells whether two definitions mean the same. */
export type SchemaRules = Pick<Dialect, 'normalise' | 'traits'>;

/** One side's catalog with the normal forms of what is in it. */
export class SchemaSide {
	readonly catalog: Catalog;
	readonly rules: SchemaRules;
	readonly #other: Catalog;
	readonly #names: ReadonlySet<string>;

	/** @param other What it is compared with: a name of either is one in any text. */
	constructor(catalog: Catalog, other: Catalog, rules: SchemaRules) {
		this.catalog = catalog;
		this.#other = other;
		this.rules = rules;
		this.#names = new Set([catalog, other].flatMap(listNames).map((name) => this.fold(name)));
	}

	readonly fold = (name: string): string => this.rules.normalise.name(name);

	/** The normal form of a view's or a trigger's text, in which any name may stand. */
	normaliseText(text: string): string {
		return this.rules.normalise.sql(text, (name) => this.#names.has(this.fold(name)));
	}

	/** The normal form of an expression over one table's columns. */
	normaliseExpression(expression: string, {columns}: Table): string {
		const names = new Set(columns.map(({name}) => this.fold(name)));
		return this.rules.normalise.sql(expression, (name) => names.has(this.fold(name)));
	}

	/**
	The normal form of the columns of a key or an index. A collation that says again what the
	column says is none, unless the column's own is another on the other side: then it counts.
	*/
	normaliseColumns(columns: readonly IndexedColumn[], table: Table, twin: Table): string {
		const ownCollation = ({columns: all}: Table, name: string) =>
			all.find((column) => this.fold(column.name) === this.fold(name))?.collation ?? null;
		return columns
			.map(({column, expression, descending, collation, prefix, operatorClass, nulls}) => {
				const direction = [
					descending ? 'desc' : 'asc',
					...(nulls === undefined ? [] : [`nulls ${nulls}`]),
					...(prefix === undefined ? [] : [`first ${prefix}`]),
					...(operatorClass === undefined ? [] : [operatorClass]),
				].join(' ');
				if (column === null) {
					const what = this.normaliseExpression(expression ?? '', table);
					return [what, direction, collation ?? ''].join(' ');
				}
				const own = ownCollation(table, column);
				const isRepeated = collation === own && own === ownCollation(twin, column);
				return ['column', this.fold(column), direction, isRepeated ? '' : (collation ?? '')].join(
					' ',
				);
			})
			.join('\n');
	}

	/**
	A key that names no columns means those of the other table's primary key; where that is not
	the same on both sides, it stays what it is.
	*/
	resolveReference({referencedTable, referencedColumns}: ForeignKey): string {
		const folded = this.fold(referencedTable);
		const listKey = ({tables}: Catalog) => {
			const target = tables.find(({name}) => this.fold(name) === folded);
			return target?.primaryKey?.columns.map(({column}) => this.fold(column ?? '')) ?? [];
		};
		const key = listKey(this.catalog);
		const isSame = key.join('\n') === listKey(this.#other).join('\n');
		const named = referencedColumns.map((name) => this.fold(name));
		return [folded, ...(named.length > 0 || !isSame ? named : key)].join('\n');
	}
}

function listNames({tables, views, triggers, objects, notCompared}: Catalog): string[] {
	return [
		...tables.flatMap(({name, columns}) => [name, ...columns.map((column) => column.name)]),
		...[...views, ...triggers, ...objects, ...notCompared].map(({name}) => name),
	];
}
