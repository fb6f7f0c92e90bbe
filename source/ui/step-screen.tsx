import type {ReactElement} from 'react';
import {Spinner} from './components/spinner.tsx';
import {ApplyScreen} from './screens/apply/apply-screen.tsx';
import {ConflictsScreen} from './screens/conflicts/conflicts-screen.tsx';
import {ConnectScreen} from './screens/connect/connect-screen.tsx';
import {DifferencesScreen} from './screens/differences/differences-screen.tsx';
import {PlanScreen} from './screens/plan/plan-screen.tsx';
import {ScanScreen} from './screens/scan/scan-screen.tsx';
import {ScreenFrame} from './screens/screen-frame.tsx';
import type {ScreenProps} from './screens/screen-props.ts';
import {StructureScreen} from './screens/structure/structure-screen.tsx';
import type {WalkController} from './walk/walk-controller.ts';
import type {WalkState} from './walk/walk-state.ts';

type StepScreenProps = {
	readonly walk: WalkState;
	readonly controller: WalkController;
	readonly columns: number;
	readonly rows: number;
	readonly isActive: boolean;
};

/** The screen of the step where the walk stands, with what it is given of the walk. */
export function StepScreen(props: StepScreenProps): ReactElement {
	const {walk, controller, columns, rows, isActive} = props;
	const {step} = walk;
	const size = {columns, rows, isActive};
	if (step === 'connect' || walk.run.kind !== 'open') {
		return <ConnectScreen walk={walk} actions={controller} {...size} />;
	}
	switch (step) {
		case 'structure':
			return <StructureScreen walk={walk} actions={controller} {...size} />;
		case 'scan':
			return <ScanScreen walk={walk} actions={controller} {...size} />;
		case 'differences':
			return <DifferencesScreen {...listScreenProps(props)} />;
		case 'conflicts':
			return <ConflictsScreen {...listScreenProps(props)} />;
		case 'plan':
			return <PlanStep {...props} />;
		case 'apply':
			return <ApplyStep {...props} />;
		default:
			return step satisfies never;
	}
}

function listScreenProps({controller, columns, rows, isActive}: StepScreenProps): ScreenProps {
	return {
		store: controller.store,
		columns,
		rows,
		isActive,
		onNext: controller.next,
		onBack: controller.back,
		onMessage: controller.say,
	};
}

function PlanStep(props: StepScreenProps): ReactElement {
	const {walk, controller} = props;
	const {plan, pack, allowed} = walk;
	return (
		<PlanScreen
			{...listScreenProps(props)}
			targetName={controller.session.prod.name}
			// Just entered: it begins to be made before the next frame.
			plan={plan.kind === 'none' ? {kind: 'making', progress: null} : plan}
			pack={pack}
			allowed={allowed}
			onAllow={controller.allowKind}
			onMakePlan={controller.makePlan}
			onWrite={controller.writePack}
		/>
	);
}

function ApplyStep(props: StepScreenProps): ReactElement {
	const {walk, controller, columns} = props;
	const {plan, pack, apply} = walk;
	if (plan.kind !== 'ready' || pack.kind !== 'written') {
		return (
			<ScreenFrame keys={[]}>
				<Spinner label="Reading the plan" width={columns} />
			</ScreenFrame>
		);
	}
	const {prod, dialect} = controller.session;
	return (
		<ApplyScreen
			{...listScreenProps(props)}
			targetName={prod.name}
			targetServer={prod.facts.server}
			isTransactional={dialect.traits.transactionalDdl}
			summary={plan.summary}
			packPaths={pack.paths}
			state={apply}
			onRehearse={(triggers) => controller.applyPack('rehearse', triggers)}
			onApply={(triggers) => controller.applyPack('apply', triggers)}
			onStop={controller.stopApply}
			onFinish={controller.quit}
		/>
	);
}
