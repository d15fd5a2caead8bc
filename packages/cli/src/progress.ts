export interface Progress {
  /** `done` of `total` steps; a total of 0 means that it is not known yet. */
  step(done: number, total: number, what?: string): void;
  end(): void;
}

const width = 30;
const everyMs = 80;

/** The bar as text, e.g. `[###   ]  50 %  500 of 1000  Reading`. */
export const bar = (done: number, total: number, what = ''): string => {
  const share = total <= 0 ? 0 : Math.min(1, done / total);
  const filled = Math.round(share * width);
  return `[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${String(Math.round(share * 100)).padStart(3)} %${total > 0 ? `  ${done} of ${total}` : ''}${what === '' ? '' : `  ${what}`}`;
};

/** A bar on standard error, on a terminal only: in a pipe or a log file it would be noise. */
export const createProgress = (stream: NodeJS.WriteStream = process.stderr): Progress => {
  if (!stream.isTTY) return { step: () => undefined, end: () => undefined };
  let last = 0;
  let drawn = false;
  return {
    step: (done, total, what) => {
      const now = performance.now();
      if (drawn && done < total && now - last < everyMs) return;
      last = now;
      drawn = true;
      stream.write(`\r\u001B[2K${bar(done, total, what).slice(0, Math.max(10, (stream.columns ?? 80) - 1))}`);
    },
    end: () => {
      if (drawn) stream.write('\r\u001B[2K');
    },
  };
};
