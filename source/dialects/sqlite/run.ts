/** What a synchronous driver throws becomes a rejection. */
export function run<Result>(work: () => Result): Promise<Result> {
	return new Promise((resolve) => {
		resolve(work());
	});
}
