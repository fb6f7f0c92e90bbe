import type {Tone} from '../theme.ts';
import type {Spans} from '../../report/spans.ts';

/** What a line begins inside of: a comment or a quoted text may run over several lines. */
export type SqlState = 'code' | 'comment' | 'string';

export type HighlightedLine = {readonly spans: Spans; readonly end: SqlState};

/**
Colours one line of SQL. It reads words, not grammar, so it serves every dialect.

@param start What the line before it ended in. @default 'code'
*/
export function highlightSql(line: string, start: SqlState = 'code'): HighlightedLine {
	const spans: {text: string; tone?: Tone}[] = [];
	let rest = line;
	let state = start;
	const add = (text: string, tone?: Tone): void => {
		if (text === '') return;
		const last = spans.at(-1);
		if (last?.tone === tone && last !== undefined) last.text += text;
		else spans.push(tone === undefined ? {text} : {text, tone});
		rest = rest.slice(text.length);
	};
	while (rest !== '') {
		if (state === 'comment') {
			const end = rest.indexOf('*/');
			add(end === -1 ? rest : rest.slice(0, end + 2), 'comment');
			if (end !== -1) state = 'code';
		} else if (state === 'string') {
			// A doubled quote belongs to the text.
			const body = /^(?:[^']|'')*/.exec(rest)?.[0] ?? '';
			const isClosed = body.length < rest.length;
			add(isClosed ? body + "'" : rest, 'string');
			if (isClosed) state = 'code';
		} else if (rest.startsWith('/*')) {
			add('/*', 'comment');
			state = 'comment';
		} else if (/^[NXBEnxbe]?'/.test(rest)) {
			add(rest.slice(0, rest.indexOf("'") + 1), 'string');
			state = 'string';
		} else {
			const token = readToken(rest);
			add(token.text, token.tone);
		}
	}
	return {spans, end: state};
}

type Token = {readonly text: string; readonly tone?: Tone};

const tokens: readonly (readonly [RegExp, Tone | undefined])[] = [
	[/^--.*/, 'comment'],
	[/^"(?:[^"]|"")*"?/, 'identifier'],
	[/^`(?:[^`]|``)*`?/, 'identifier'],
	[/^\[[^\]]*\]?/, 'identifier'],
	[/^(?:0x[\da-f]+|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)/i, 'number'],
	[/^\s+/, undefined],
];

function readToken(rest: string): Token {
	for (const [pattern, tone] of tokens) {
		const text = pattern.exec(rest)?.[0];
		if (text !== undefined) return tone === undefined ? {text} : {text, tone};
	}
	const word = /^[\p{L}_@#$:][\p{L}\p{N}_$#]*/u.exec(rest)?.[0];
	if (word === undefined) return {text: String.fromCodePoint(rest.codePointAt(0) ?? 0)};
	return keywords.has(word.toUpperCase()) ? {text: word, tone: 'keyword'} : {text: word};
}

const keywords = new Set(
	`ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT AUTO_INCREMENT
	BEFORE BEGIN BETWEEN BIGINT BLOB BOOLEAN BY CASCADE CASE CAST CHANGE CHAR CHARACTER CHECK COLLATE
	COLUMN COMMENT COMMIT CONCURRENTLY CONFLICT CONSTRAINT CREATE CROSS CURRENT_DATE CURRENT_TIME
	CURRENT_TIMESTAMP DATABASE DATE DATETIME DECIMAL DEFAULT DEFERRABLE DEFERRED DELETE DESC DISTINCT
	DO DOUBLE DROP EACH ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS FAIL FALSE FIRST FLOAT FOLLOWING
	FOR FOREIGN FROM FULL FUNCTION GENERATED GLOB GO GRANT GROUP HAVING IDENTITY IF IGNORE IMMEDIATE
	IN INDEX INDEXED INITIALLY INNER INSERT INSTEAD INT INTEGER INTERSECT INTO IS ISNULL JOIN JSON
	KEY LANGUAGE LEFT LIKE LIMIT LOCK MATCH MERGE MODIFY NATURAL NCHAR NO NOT NOTHING NOTNULL NULL
	NULLS NUMBER NUMERIC NVARCHAR OF OFF OFFSET ON OR ORDER OUTER OVER OVERRIDING PARTITION PRAGMA
	PRECISION PRIMARY PROCEDURE RAISE REAL RECURSIVE REFERENCES REINDEX RELEASE RENAME REPLACE
	RESTRICT RETURNING REVOKE RIGHT ROLLBACK ROW ROWS SAVEPOINT SCHEMA SELECT SEQUENCE SET SMALLINT
	START STORED STRICT SYSTEM TABLE TEMP TEMPORARY TEXT THEN TIME TIMESTAMP TO TRANSACTION TRIGGER
	TRUE TRUNCATE TYPE UNION UNIQUE UPDATE USING VACUUM VALUE VALUES VARBINARY VARCHAR VIEW VIRTUAL
	WHEN WHERE WINDOW WITH WITHOUT ZONE`.split(/\s+/),
);
