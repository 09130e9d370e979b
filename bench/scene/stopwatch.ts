/** Adds up the time that asynchronous functions take, ms. */
export function stopwatch() {
  let total = 0;
  return {
    ms: () => total,
    reset: () => {
      total = 0;
    },
    /** `work`, timed. */
    timed: <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) => {
      return async (...args: Args): Promise<Result> => {
        const from = performance.now();
        try {
          return await work(...args);
        } finally {
          total += performance.now() - from;
        }
      };
    },
  };
}
