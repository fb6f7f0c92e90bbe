import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {Line} from '../../../source/ui/components/line.tsx';
import {VirtualList} from '../../../source/ui/components/virtual-list.tsx';
import {renderApp} from '../../../source/ui/render.tsx';

setFlagsFromString('--expose-gc');
// Exposed only to contexts that are made after the flag.
const collectGarbage = runInNewContext('gc') as () => void;

/** A terminal that forgets at once what is written to it. */
class Sink extends EventEmitter {
	readonly columns = 200;
	readonly rows = 40;
	write(): boolean {
		return true;
	}
}

test('scrolling through nine thousand different rows leaves no memory behind', async (context) => {
	const page = 30;
	const draw = (offset: number) => (
		<VirtualList
			state={{cursor: offset, offset, anchor: undefined}}
			bounds={{count: 1_000_000, height: page}}
			width={200}
			renderRow={(index, {width}) => (
				<Line
					spans={[{text: `${index} `.repeat(30), tone: 'added'}, {text: 'end'}]}
					width={width}
				/>
			)}
		/>
	);
	const app = renderApp(draw(0), {
		// A sink has all that drawing uses of a stream.
		stdout: new Sink() as unknown as NodeJS.WriteStream,
		stdin: new PassThrough() as unknown as NodeJS.ReadStream,
	});
	const scroll = async (from: number, pages: number): Promise<number> => {
		for (let turned = 0; turned < pages; turned++) {
			app.rerender(draw((from + turned) * page));
			await new Promise((resolve) => setImmediate(resolve));
		}
		// React's development build, which tests use, measures itself without end.
		performance.clearMeasures();
		collectGarbage();
		return process.memoryUsage().heapUsed;
	};
	const before = await scroll(0, 50);
	const after = await scroll(50, 300);
	app.unmount();
	const grown = (after - before) / 1e6;
	context.diagnostic(`${grown.toFixed(2)} MB`);
	assert.ok(grown < 1, `${grown.toFixed(1)} MB more`);
});
