import type {Demo, DemoOptions} from '../dialects/sqlite/demo/make-demo.ts';

export type {Demo, DemoOptions};

/**
Makes two databases that diverged from a common ancestor, and that ancestor. Nothing of it
is loaded until it is asked for.

@throws {DeepDiffError} When the folder can't be written to.
*/
export async function makeDemo(folder: string, options?: DemoOptions): Promise<Demo> {
	const demo = await import('../dialects/sqlite/demo/make-demo.ts');
	return demo.makeDemo(folder, options);
}
