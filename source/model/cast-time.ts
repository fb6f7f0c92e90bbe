import {trimZeros} from './cast-number.ts';

const moment =
	/^(\d{4,6})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?$/i;

const timeOfDay =
	/^(-?)(\d{1,3}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?$/i;

/** A day as `YYYY-MM-DD`; a time of it must be midnight, without a zone. */
export function spellDate(text: string): string | null {
	const parts = readMoment(text);
	if (!parts || parts.zone !== null) return null;
	return parts.time === '00:00:00' ? parts.date : null;
}

/** A time without a zone as `YYYY-MM-DDTHH:MM:SS[.f]`; a day is its midnight. */
export function spellTimestamp(text: string): string | null {
	const parts = readMoment(text);
	return parts?.zone === null ? `${parts.date}T${parts.time}` : null;
}

/** A moment in UTC, with a `Z` at its end; where no zone is written, it is UTC. */
export function spellTimestamptz(text: string): string | null {
	const parts = readMoment(text);
	if (!parts) return null;
	const {date, time, zone} = parts;
	if (zone === null || zone === 0) return `${date}T${time}Z`;
	const [seconds = '', fraction] = time.split('.');
	const utc = new Date(`${date.length > 10 ? `+${date.padStart(12, '0')}` : date}T${seconds}Z`);
	utc.setTime(utc.getTime() - zone * 1000);
	const year = utc.getUTCFullYear();
	if (Number.isNaN(year) || year < 0) return null;
	const rest = utc.toISOString().slice(-20, -5);
	return `${String(year).padStart(4, '0')}${rest}${fraction === undefined ? '' : `.${fraction}`}Z`;
}

/** A time of day as `HH:MM:SS[.f]`, its zone as `±HH:MM`. */
export function spellTime(text: string): string | null {
	const parts = timeOfDay.exec(text);
	if (!parts) return null;
	const [, sign = '', hours = '', minutes = '', seconds = '00', fraction = '', zone] = parts;
	if (Number(minutes) > 59 || Number(seconds) > 60) return null;
	const rest = trimZeros(fraction);
	const time = `${sign}${hours.padStart(2, '0')}:${minutes}:${seconds}${rest === '' ? '' : `.${rest}`}`;
	return zone === undefined ? time : `${time}${spellZone(readZone(zone))}`;
}

type Moment = {
	readonly date: string;
	readonly time: string;
	/** Seconds east of UTC; null where none is written. */
	readonly zone: number | null;
};

function readMoment(text: string): Moment | null {
	const parts = moment.exec(text);
	if (!parts) return null;
	const [, year = '', month = '', day = ''] = parts;
	const [, , , , hours = '00', minutes = '00', seconds = '00', fraction = '', zone] = parts;
	const isPossible =
		isWithin(month, 1, 12) &&
		isWithin(day, 1, 31) &&
		isWithin(hours, 0, 24) &&
		isWithin(minutes, 0, 59) &&
		isWithin(seconds, 0, 60);
	if (!isPossible) return null;
	const rest = trimZeros(fraction);
	return {
		date: `${year.replace(/^0+(?=\d{4})/, '')}-${month}-${day}`,
		time: `${hours}:${minutes}:${seconds}${rest === '' ? '' : `.${rest}`}`,
		zone: zone === undefined ? null : readZone(zone),
	};
}

function isWithin(digits: string, least: number, most: number): boolean {
	return Number(digits) >= least && Number(digits) <= most;
}

function readZone(zone: string): number {
	const parts = /^([+-])(\d\d):?(\d\d)?:?(\d\d)?$/.exec(zone);
	if (!parts) return 0;
	const [, sign, hours, minutes = '0', seconds = '0'] = parts;
	const east = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
	return sign === '-' ? -east : east;
}

function spellZone(east: number): string {
	const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
	const away = Math.abs(east);
	const seconds = away % 60 === 0 ? '' : `:${two(away % 60)}`;
	return `${east < 0 ? '-' : '+'}${two(away / 3600)}:${two((away / 60) % 60)}${seconds}`;
}
