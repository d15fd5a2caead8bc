/** What the organisation said in its first hour: what it does with AI, where, and which certificates it holds. */
export interface ContextAnswers {
  readonly activities: readonly string[];
  readonly countries: readonly string[];
  readonly holds: readonly string[];
}

/** When a draft of the catalog fits: each key given must share a value with the answers; no key fits always. */
export interface DraftWhen {
  readonly activities?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly holds?: readonly string[] | undefined;
}

export const fits = (when: DraftWhen, answers: ContextAnswers): boolean =>
  (['activities', 'countries', 'holds'] as const).every(
    (key) => when[key] === undefined || when[key].some((value) => answers[key].includes(value)),
  );
