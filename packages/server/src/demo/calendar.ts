/** A month of the story, from 1 on. */
export type StoryMonth = 1 | 2 | 3 | 4;

/** How many months of the journey the demonstration tells. */
const toldMonths: StoryMonth = 4;

/**
 * The story's own calendar: fixed days within numbered months, laid so that the last month told is the one before the
 * month of loading. Nothing in it is then older or newer than the story means it to be, whenever it is loaded.
 * @param today calendar day of loading, ISO 8601
 * @returns the ISO day of a day in a month of the story
 */
export const storyCalendar = (today: string): ((month: StoryMonth, day: number) => string) => {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return (told, day) => new Date(Date.UTC(year, month - 1 - toldMonths + (told - 1), day)).toISOString().slice(0, 10);
};

/** The day `days` after another, ISO 8601. */
export const daysAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
