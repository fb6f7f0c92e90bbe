import {useReducer, type ReactElement} from 'react';
import {Line} from '../../components/line.tsx';
import {ScrollText} from '../../components/scroll-text.tsx';
import {TextField} from '../../components/text-field.tsx';
import {textFieldBindings} from '../../components/text-field-keys.ts';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings} from '../../keymap.ts';
import type {PlanSummary} from '../../../model/plan.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import type {PlanScreenProps, PlanState} from '../screen-props.ts';
import {fitCursor} from './plan-cursor.ts';
import {findDocument} from './plan-document.ts';
import {listGates} from './list-gates.ts';
import {measureGates, PlanGates} from './plan-gates.tsx';
import {listHeaderRows} from './plan-header.ts';
import {
	failedBindings,
	planKeys,
	waitingBindings,
	type PlanKeyCommand,
	type PlanKeyState,
} from './plan-keys.ts';
import {PlanSql} from './plan-sql.tsx';
import {
	initialPlanState,
	reducePlanScreen,
	shapeOf,
	type PlanCommand,
	type PlanContext,
	type PlanScreenState,
} from './plan-state.ts';
import {PlanWaiting} from './plan-waiting.tsx';
import {useOpenText} from './use-open-text.ts';

type Update = {readonly command: PlanCommand; readonly context: PlanContext};

/** The statements of the plan: to be read, searched, allowed, and written to files. */
export function PlanScreen(props: PlanScreenProps): ReactElement {
	const {plan} = props;
	// Here, above both: the reader stands where he stood when the plan is made again.
	const [state, update] = useReducer(
		(before: PlanScreenState, {command, context}: Update) =>
			reducePlanScreen(before, command, context),
		initialPlanState,
	);
	return plan.kind === 'ready' ? (
		<ReadyPlan {...props} summary={plan.summary} state={state} update={update} />
	) : (
		<MissingPlan {...props} plan={plan} />
	);
}

type MissingPlanProps = PlanScreenProps & {
	readonly plan: Exclude<PlanState, {readonly kind: 'ready'}>;
};

function MissingPlan({plan, columns, rows, isActive, ...props}: MissingPlanProps): ReactElement {
	const bindings = plan.kind === 'failed' ? failedBindings : waitingBindings;
	useBindings({
		bindings,
		state: undefined,
		isActive,
		onCommand(command) {
			if (command.type !== 'ask') return;
			if (command.what === 'makePlan') props.onMakePlan();
			else if (command.what === 'back') props.onBack();
		},
		onDisabled: (reason) => props.onMessage({kind: 'warning', text: reason}),
	});
	return (
		<ScreenFrame keys={[{title: 'Plan', hints: describeBindings(bindings, undefined)}]}>
			<PlanWaiting plan={plan} width={columns} height={rows} />
		</ScreenFrame>
	);
}

type ReadyPlanProps = PlanScreenProps & {
	readonly summary: PlanSummary;
	readonly state: PlanScreenState;
	readonly update: (update: Update) => void;
};

function ReadyPlan({summary, state, update, ...props}: ReadyPlanProps): ReactElement {
	const {store, columns, rows, pack, allowed, targetName} = props;
	const {view, field} = state;
	const document = findDocument(store.statements, summary);
	const header = listHeaderRows(targetName, summary, pack, columns);
	const gates = listGates(summary, allowed);
	const height = Math.max(1, rows - header.length - 1);
	const cursor = fitCursor(state.cursor, shapeOf({document, height}));
	const statement = document.statement(cursor.statement);
	const text = useOpenText({view, statement, summary, pack, width: columns - 1});
	const textHeight = view === 'gates' ? measureGates(rows) : rows - 1;
	const context: PlanContext = {
		document,
		height,
		source: text.source,
		textHeight,
		width: columns,
		gates: gates.length,
	};
	const dispatch = (command: PlanCommand): void => update({command, context});

	const keyState: PlanKeyState = {
		pack,
		statement,
		query: state.query,
		gates: gates.length,
	};
	const {own, moving, title} = planKeys[view];
	const isSearching = field !== undefined;
	const isActive = props.isActive && !isSearching;
	useBindings({
		bindings: [...own, ...moving],
		state: keyState,
		isActive,
		onCommand: act,
		onDisabled: (reason) => props.onMessage({kind: 'warning', text: reason}),
	});

	function act(command: PlanKeyCommand): void {
		if (command.type !== 'ask') {
			dispatch(command);
			return;
		}
		switch (command.what) {
			case 'next':
				props.onNext();
				break;
			case 'leave':
				if (state.query === '') props.onBack();
				else dispatch({type: 'search', query: ''});
				break;
			case 'back':
				props.onBack();
				break;
			case 'write':
				props.onWrite();
				break;
			case 'makePlan':
				props.onMakePlan();
				break;
			case 'allowStatement':
				if (statement?.needs) props.onAllow(statement.needs, true);
				break;
			case 'toggleGate': {
				const gate = gates[Math.min(state.gates.cursor, gates.length - 1)];
				if (gate !== undefined) props.onAllow(gate.kind, !gate.isOpen);
				break;
			}
			default:
				command.what satisfies never;
		}
	}

	return (
		<ScreenFrame
			keys={
				isSearching
					? [{title: 'Search', hints: describeBindings(textFieldBindings, undefined)}]
					: [
							{title, hints: describeBindings(own, keyState)},
							{title: 'Moving', hints: describeBindings(moving, keyState)},
						]
			}
			prompt={
				isSearching && (
					<TextField
						state={field}
						label={[{text: '/', tone: 'accent'}]}
						width={columns}
						isActive={props.isActive}
						onAction={(action) => dispatch({type: 'field', action})}
						onSubmit={(query) => dispatch({type: 'search', query})}
						onCancel={() => dispatch({type: 'closeSearch'})}
					/>
				)
			}
		>
			{view === 'sql' && (
				<>
					{header.map((spans, index) => (
						<Line key={`header ${index}`} spans={spans} width={columns} />
					))}
					<PlanSql state={state} document={document} width={columns} height={height} />
				</>
			)}
			{(view === 'statement' || view === 'overview') && (
				<ScrollText
					state={state.text}
					view={{source: text.source, height: textHeight, width: columns}}
					renderLine={text.renderLine}
				/>
			)}
			{view === 'gates' && (
				<PlanGates gates={gates} state={state.gates} width={columns} height={rows} />
			)}
		</ScreenFrame>
	);
}
