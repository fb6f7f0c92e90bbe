/** The steps of the walk, in order, with their names for people. */
export const steps = [
	{id: 'connect', title: 'Connect'},
	{id: 'structure', title: 'Structure'},
	{id: 'scan', title: 'Scan'},
	{id: 'differences', title: 'Differences'},
	{id: 'conflicts', title: 'Conflicts'},
	{id: 'plan', title: 'Plan'},
	{id: 'apply', title: 'Apply'},
] as const;

export type StepId = (typeof steps)[number]['id'];
