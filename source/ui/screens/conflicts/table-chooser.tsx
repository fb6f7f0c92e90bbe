import type {ReactElement} from 'react';
import {Box} from 'ink';
import {formatCount} from '../../../report/number-text.ts';
import {makeSafe} from '../../../report/safe-text.ts';
import {choiceBindings} from '../../components/choice-keys.ts';
import {Choice, type ChoiceItem} from '../../components/choice.tsx';
import {Line} from '../../components/line.tsx';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings} from '../../keymap.ts';
import type {RowsDesk} from '../rows/rows-desk.ts';
import {closeBindings} from '../rows/rows-keys.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import type {ScreenProps} from '../screen-props.ts';

type TableChooserProps = {
	readonly screen: ScreenProps;
	readonly desk: RowsDesk;
	readonly table: string | null;
	readonly onChoose: (table: string | null) => void;
	readonly onClose: () => void;
};

/** Which table's conflicts are listed; shows how far each table is. */
export function TableChooser({
	screen,
	desk,
	table,
	onChoose,
	onClose,
}: TableChooserProps): ReactElement {
	const {columns, rows, isActive} = screen;
	useBindings({bindings: closeBindings, state: null, isActive, onCommand: onClose});
	const items = [null, ...desk.listConflictTables()].map((name): ChoiceItem<string | null> => {
		const {conflicts, open} = desk.progress(name);
		const done = `${formatCount(conflicts - open)} of ${formatCount(conflicts)} decided`;
		return {label: name === null ? 'All tables' : makeSafe(name), value: name, hint: done};
	});
	const hints = [
		...describeBindings<unknown>(choiceBindings, undefined),
		...describeBindings<unknown>(closeBindings, null),
	];
	return (
		<ScreenFrame keys={[{title: 'Tables', hints}]}>
			<Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
				<Line spans={[{text: 'Whose conflicts?', tone: 'strong'}]} width={columns} />
				<Line spans={[]} width={columns} />
				<Choice
					items={items}
					width={columns}
					limit={Math.max(1, rows - 2)}
					initialIndex={Math.max(
						0,
						items.findIndex(({value}) => value === table),
					)}
					isActive={isActive}
					onChoose={onChoose}
				/>
			</Box>
		</ScreenFrame>
	);
}
