/**
Turns the tabs that lines of code begin with into blanks. Tabs further in may be part of a
value and stay what they are, to be shown as such.
*/
export function indentText(text: string, width = 2): string {
	return text.replaceAll(/^\t+/gm, (tabs) => ' '.repeat(tabs.length * width));
}
