/**
Stands in for `react-devtools-core` in the bundle.

Ink imports the inspector when the environment variable `DEV` is `true`; we do
not ship it, and a person who happens to have that variable set must not see the
program fail.
*/
const inspector = {
	initialize(): void {},
	connectToDevTools(): void {},
};

export default inspector;
