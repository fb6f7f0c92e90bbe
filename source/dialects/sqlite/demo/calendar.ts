import type {Random} from './random.ts';

const dayLength = 86_400_000;

/** The night in which prod was copied to make dev. */
export const splitDay = '2025-03-01';

/** The day that lies `days` after an ISO day (before it, when negative), as ISO text. */
export function addDays(day: string, days: number): string {
	return new Date(Date.parse(day) + days * dayLength).toISOString().slice(0, 10);
}

/** An ISO day between two others, both included. */
export function pickDay(random: Random, from: string, to: string): string {
	const days = (Date.parse(to) - Date.parse(from)) / dayLength;
	return addDays(from, random.integer(0, days));
}

/** A moment as text, `2025-03-01 08:15:00`, in opening hours. */
export function pickMoment(random: Random, from: string, to: string): string {
	const part = (value: number) => String(value).padStart(2, '0');
	const time = [random.integer(6, 22), random.integer(0, 59), random.integer(0, 59)];
	return `${pickDay(random, from, to)} ${time.map(part).join(':')}`;
}

/** A moment in the weeks in which both sides went their own ways. */
export function pickRecentMoment(random: Random): string {
	return pickMoment(random, splitDay, '2025-04-12');
}
