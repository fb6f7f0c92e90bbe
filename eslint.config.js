import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

const rooms = ['config', 'dialects', 'store', 'engine', 'report', 'commands', 'ui'];

/** Which rooms each room may use: imports go down only. `model` is open to all and uses none. */
const floors = {
	model: [],
	config: [],
	dialects: [],
	store: [],
	engine: ['dialects', 'store', 'config'],
	report: [],
	commands: ['config', 'engine', 'report', 'store'],
	ui: ['config', 'engine', 'report', 'store'],
};

const ban = (group, message) => ({group, message});
const reactBan = ban(
	['react', 'react/*', 'ink', 'ink-*'],
	'React and Ink live in ui/ and cli.tsx.',
);

const floorRules = Object.entries(floors).map(([room, below]) => ({
	files: [`source/${room}/**/*.{ts,tsx}`],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					...(room === 'ui' ? [] : [reactBan]),
					...rooms
						.filter((other) => other !== room && !below.includes(other))
						.map((other) => ban([`**/../${other}/**`], `${room}/ must not import ${other}/.`)),
					...(room === 'model' ? [ban(['../**'], 'model/ imports nothing.')] : []),
				],
			},
		],
	},
}));

const noExit = {
	selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']",
	message: 'The only process.exit is in cli.tsx.',
};
const noDatabaseName = {
	selector:
		'BinaryExpression > Literal[value=/^(sqlite|postgres|postgresql|mysql|mariadb|mssql|oracle)$/]',
	message: 'A database is named outside dialects/: make it a trait or a member of the seam.',
};

export default tseslint.config(
	{ignores: ['dist', 'node_modules']},
	js.configs.recommended,
	...tseslint.configs.strictTypeChecked,
	{
		languageOptions: {
			parserOptions: {projectService: {allowDefaultProject: ['*.js', '*.mjs']}},
		},
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-definitions': ['error', 'type'],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{allowNumber: true, allowBoolean: true, allow: [{from: 'lib', name: 'BigInt'}]},
			],
			'@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'max-lines': ['warn', {max: 400, skipBlankLines: true, skipComments: true}],
		},
	},
	...floorRules,
	...[
		{files: ['source/**/*.{ts,tsx}'], ignores: ['source/cli.tsx'], rules: [noExit]},
		{
			files: ['source/**/*.{ts,tsx}'],
			ignores: ['source/cli.tsx', 'source/dialects/**', 'source/config/**'],
			rules: [noExit, noDatabaseName],
		},
		{files: ['source/cli.tsx'], rules: [noDatabaseName]},
	].map(({rules, ...where}) => ({...where, rules: {'no-restricted-syntax': ['error', ...rules]}})),
	{
		files: ['source/ui/**/*.{ts,tsx}'],
		plugins: {'react-hooks': reactHooks},
		rules: {...reactHooks.configs.recommended.rules},
	},
	{
		files: ['test/**/*.{ts,tsx}'],
		rules: {
			'@typescript-eslint/no-floating-promises': [
				'error',
				{
					allowForKnownSafeCalls: [
						{
							from: 'package',
							package: 'node:test',
							name: ['test', 'it', 'describe', 'suite', 'default'],
						},
					],
				},
			],
		},
	},
	{files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked},
);
