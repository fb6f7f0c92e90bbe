import type {ReactElement} from 'react';
import {Box, Text} from 'ink';
import InkSpinner from 'ink-spinner';
import {Line} from './line.tsx';

type SpinnerProps = {readonly label: string; readonly width: number};

/** Says that something is under way whose end is not known. */
export function Spinner({label, width}: SpinnerProps): ReactElement {
	return (
		<Box width={width} height={1} flexShrink={0}>
			<Text>
				{/* The slowest one of a single column: 130 ms a step, no faster than progress. */}
				<InkSpinner type="line" />{' '}
			</Text>
			<Line spans={[{text: label}]} width={width - 2} />
		</Box>
	);
}
