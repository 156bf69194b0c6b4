/** The repository: `npm run bench` runs there, whether a benchmark was compiled or not. */
export const ROOT = process.cwd();
