import './styles/index.css';
import { startDashboard } from './dashboard.ts';

await startDashboard(document.getElementById('dashboard')!);
