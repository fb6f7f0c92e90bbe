import type {ReactElement} from 'react';
import {useBindings} from '../../hooks/use-bindings.ts';
import {choiceBindings} from '../../components/choice-keys.ts';
import {describeBindings} from '../../keymap.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import type {ScreenProps} from '../screen-props.ts';
import {BulkDialog} from './bulk-dialog.tsx';
import type {BulkChoice} from './bulk-choices.ts';
import {decideBulk, guardOutcome} from './decide.ts';
import {RowView} from './row-view.tsx';
import {settle, type RowsContext} from './rows-commands.ts';
import type {RowsDesk, SideTake} from './rows-desk.ts';
import {closeBindings} from './rows-keys.ts';
import {layOutRows} from './rows-list.tsx';
import type {RowsAction, RowsState} from './rows-state.ts';
import {RowsView, type RowsViewOptions} from './rows-view.tsx';

type RowsBrowserProps = RowsViewOptions & {
	readonly screen: ScreenProps;
	readonly desk: RowsDesk;
	readonly state: RowsState;
	readonly update: (...actions: readonly RowsAction[]) => void;
	/** The answers to "for which rows?"; asked only when they are needed. */
	readonly listChoices: (take: SideTake) => readonly BulkChoice[];
};

/** Rows that differ: the list, one of them opened, or the question for how many. */
export function RowsBrowser({
	screen,
	desk,
	state,
	update,
	listChoices,
	...options
}: RowsBrowserProps): ReactElement {
	const {columns, rows, isActive, onMessage} = screen;
	const {bulk, open} = state;
	const context: RowsContext = {
		desk,
		state,
		height: layOutRows(rows).list,
		update,
		say: onMessage,
		listChoices,
	};
	useBindings({
		bindings: closeBindings,
		state: null,
		isActive: isActive && bulk !== null,
		onCommand: () => update({type: 'close'}),
	});

	if (bulk) {
		const hints = [
			...describeBindings<unknown>(choiceBindings, undefined),
			...describeBindings<unknown>(closeBindings, null),
		];
		return (
			<ScreenFrame keys={[{title: 'Which rows', hints}]}>
				<BulkDialog
					bulk={bulk}
					width={columns}
					height={rows}
					isActive={isActive}
					onChoose={(choice) =>
						settle(
							context,
							guardOutcome(() => decideBulk(desk, bulk.take, choice)),
						)
					}
				/>
			</ScreenFrame>
		);
	}
	const row = open && desk.row(open.id);
	if (open && row) return <RowView screen={screen} context={context} open={open} row={row} />;
	return <RowsView screen={screen} context={context} {...options} />;
}
