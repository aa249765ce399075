import { render } from 'preact';

render(<h1>Reluctant</h1>, document.getElementById('page')!);
