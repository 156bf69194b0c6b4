export { pageSvg } from './page-svg.ts';
