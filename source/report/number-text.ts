/** `1234567` → `1,234,567`: the same in every locale, so that screens and tests agree. */
export function formatCount(count: number | bigint): string {
	return count.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 row`, `1,234 rows`. */
export function plural(count: number, noun: string): string {
	return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12 of 40` style share as whole percent; 100 only when all is done. */
export function formatPercent(fraction: number): string {
	const percent = Math.floor(clampFraction(fraction) * 100);
	return `${percent} %`;
}

/** Milliseconds → `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatDuration(milliseconds: number): string {
	const seconds = Math.max(0, milliseconds) / 1000;
	if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
	const minutes = Math.floor(whole / 60);
	return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** Bytes → `512 B`, `1.5 KB`, `20 MB` (powers of 1,024). */
export function formatSize(bytes: number): string {
	const units = ['B', 'KB', 'MB', 'GB', 'TB'];
	let size = bytes;
	let unit = 0;
	while (size >= 1024 && unit < units.length - 1) {
		size /= 1024;
		unit++;
	}
	const digits = unit === 0 || size >= 10 ? size.toFixed(0) : size.toFixed(1);
	return `${digits} ${units[unit] ?? 'TB'}`;
}

/** Keeps a fraction of unknown origin inside [0, 1]; what is no number counts as 0. */
export function clampFraction(fraction: number): number {
	return Number.isNaN(fraction) ? 0 : Math.min(1, Math.max(0, fraction));
}

function pad(number: number): string {
	return String(number).padStart(2, '0');
}
