import type {ReactElement} from 'react';
import {Box} from 'ink';
import {Line} from '../../components/line.tsx';
import {startTextField} from '../../components/text-field-state.ts';
import {TextField} from '../../components/text-field.tsx';
import {wrapText} from '../../components/wrap-text.ts';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings} from '../../keymap.ts';
import {glyphs} from '../../theme.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import type {ScreenProps} from '../screen-props.ts';
import {showWholeValue} from './cell-line.ts';
import type {CellLine} from './cell-lines.ts';
import {nameKind} from './edit-value.ts';
import {editorBindings, editorFieldBindings} from './editor-keys.ts';
import type {RowsContext} from './rows-commands.ts';
import type {EditorState} from './open-row-state.ts';

type CellEditorProps = {
	readonly screen: ScreenProps;
	readonly context: Pick<RowsContext, 'update'>;
	readonly editor: EditorState;
	readonly line: CellLine;
	readonly hasBase: boolean;
	readonly onSubmit: () => void;
};

/** A value of the person's own: its kind and what it is. */
export function CellEditor({
	screen,
	context,
	editor,
	line,
	hasBase,
	onSubmit,
}: CellEditorProps): ReactElement {
	const {columns, rows, isActive} = screen;
	const {update} = context;
	useBindings({
		bindings: editorBindings,
		state: null,
		isActive,
		onCommand: (command) => update({type: 'editKind', step: command === 'kindDown' ? 1 : -1}),
	});
	const keys = [
		{
			title: 'Edit',
			hints: [
				...describeBindings<unknown>(editorFieldBindings, null),
				...describeBindings<unknown>(editorBindings, null),
			],
		},
	];
	const {kind, kinds, field, problem} = editor;
	return (
		<ScreenFrame keys={keys}>
			<Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
				<Line spans={[{text: 'Edit '}, {text: line.name, tone: 'strong'}]} width={columns} />
				<Line spans={showWholeValue('prod', line.prod, columns)} width={columns} />
				<Line spans={showWholeValue('dev', line.dev, columns)} width={columns} />
				{hasBase && <Line spans={showWholeValue('base', line.base, columns)} width={columns} />}
				<Line spans={[]} width={columns} />
				{kinds.map((one) => (
					<Line
						key={one}
						spans={[
							{text: one === kind ? `${glyphs.pointer} ` : '  ', tone: 'accent'},
							{text: nameKind(one), tone: one === kind ? 'strong' : 'muted'},
						]}
						width={columns}
					/>
				))}
				<Line spans={[]} width={columns} />
				<TextField
					state={kind === 'null' ? startTextField() : field}
					label={[{text: 'value ', tone: 'muted'}]}
					placeholder={kind === 'null' ? 'NULL' : ''}
					width={columns}
					isActive={isActive}
					hasLines
					onAction={(action) => update({type: 'editTyped', action})}
					onSubmit={onSubmit}
					onCancel={() => update({type: 'close'})}
				/>
				{wrapText(problem, columns).map((text, index) => (
					<Line key={index} spans={[{text, tone: 'danger'}]} width={columns} />
				))}
			</Box>
		</ScreenFrame>
	);
}
