// Bundles the program into dist/: one file starts faster than a tree of modules.
import {rmSync, chmodSync} from 'node:fs';
import {fileURLToPath, URL} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

rmSync(`${root}dist`, {recursive: true, force: true});
await build({
	absWorkingDir: root,
	entryPoints: {cli: 'source/cli.tsx', 'scan-worker': 'source/engine/scan-worker.ts'},
	outdir: 'dist',
	bundle: true,
	splitting: true,
	minifySyntax: true,
	format: 'esm',
	platform: 'node',
	target: 'node20',
	jsx: 'automatic',
	define: {'process.env.NODE_ENV': '"production"'},
	// Native addons cannot be bundled; the rest of their package comes along from node_modules.
	// cosmiconfig loads TypeScript only for .ts configurations, which are never read.
	// Knex and the drivers load what they need by name, and only once a server is spoken to.
	external: [
		'better-sqlite3',
		'typescript',
		'knex',
		'pg',
		'pg-copy-streams',
		'mysql2',
		'tedious',
		'oracledb',
	],
	// Ink asks for its inspector only when DEV is set.
	alias: {'react-devtools-core': './source/ui/no-devtools.ts'},
	banner: {
		js: "import {createRequire as createRequireForBundle} from 'node:module';const require = createRequireForBundle(import.meta.url);",
	},
	logLevel: 'warning',
});
chmodSync(`${root}dist/cli.js`, 0o755);
