/**
The words that mean something else when they stand without quotes: those that SQLite's
grammar never takes for a name (src/parse.y, `%fallback ID` lists the rest), and the
constants that read like names.
*/
const reservedWords: ReadonlySet<string> = new Set(
	`
	ADD ALL ALTER AND AS AUTOINCREMENT BETWEEN CASE CHECK COLLATE COMMIT CONSTRAINT CREATE
	CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DEFAULT DEFERRABLE DELETE DISTINCT DROP ELSE ESCAPE
	EXCEPT EXISTS FALSE FOREIGN FROM GROUP HAVING IN INDEX INSERT INTERSECT INTO IS ISNULL JOIN LIMIT
	NOT NOTHING NOTNULL NULL ON OR ORDER PRIMARY REFERENCES RETURNING SELECT SET TABLE THEN TO
	TRANSACTION TRUE UNION UNIQUE UPDATE USING VALUES WHEN WHERE
	`
		.trim()
		.split(/\s+/),
);

export function isReservedWord(word: string): boolean {
	return reservedWords.has(word.toUpperCase());
}
