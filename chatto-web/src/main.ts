import { mount } from 'svelte';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/bricolage-grotesque/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/message.css';
import App from './App.svelte';
import { createServices } from './lib/app/services';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the application');

export default mount(App, { target, props: { services: createServices() } });
