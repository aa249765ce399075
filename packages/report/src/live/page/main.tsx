import { render } from 'preact';
import 'virtual:tokens.css';
import './style.css';
import { App } from './app.js';
import { followServer } from './data/live.js';

followServer();
render(<App />, document.getElementById('page')!);
