import {spellTableName} from '../../server/table-name.ts';
import {quoteName} from '../names.ts';

/** A name in a schema, as the server's catalogs hold it. */
export type SchemaName = {readonly schema: string; readonly name: string};

/** How names are spelled in the catalog and in SQL: those of the default schema without it. */
export class CatalogNames {
	readonly #defaultSchema: string;

	constructor(defaultSchema: string) {
		this.#defaultSchema = defaultSchema;
	}

	/** As the catalog spells a table; other objects alike. */
	spell({schema, name}: SchemaName): string {
		return spellTableName({schema: schema === this.#defaultSchema ? null : schema, name});
	}

	/** As SQL names it; the search path finds what is in the default schema. */
	quote({schema, name}: SchemaName): string {
		const quoted = quoteName(name);
		return schema === this.#defaultSchema ? quoted : `${quoteName(schema)}.${quoted}`;
	}

	/**
	Takes the default schema out of a text in which the server always writes it.

	@param before What stands before the name, e.g. `FUNCTION `.
	*/
	withoutDefault(text: string, before: string): string {
		const plain = /^[a-z_][a-z0-9_$]*$/.test(this.#defaultSchema);
		const spellings = [...(plain ? [this.#defaultSchema] : []), quoteName(this.#defaultSchema)];
		for (const spelling of spellings) {
			const start = text.indexOf(`${before}${spelling}.`);
			if (start < 0) continue;
			const end = start + before.length;
			return text.slice(0, end) + text.slice(end + spelling.length + 1);
		}
		return text;
	}
}
