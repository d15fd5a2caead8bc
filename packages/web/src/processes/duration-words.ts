import { t } from '../ui/words.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Seconds as people say them: "under a minute", "25 minutes", "7 hours", "3.5 days". Whole from ten on. */
export const durationWords = (seconds: number): string => {
  if (seconds < minute) return t('processes.times.moment');
  if (seconds < hour) return t('processes.units.minutes', { count: Math.round(seconds / minute) });
  if (seconds < 2 * day) return t('processes.units.hours', { count: rounded(seconds / hour) });
  return t('processes.units.days', { count: rounded(seconds / day) });
};

const rounded = (value: number): number => (value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
