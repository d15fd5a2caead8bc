/** The time zones to choose from: those the browser knows, and UTC, the default, which most browsers leave out of their list. */
export const timeZones = (): string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
