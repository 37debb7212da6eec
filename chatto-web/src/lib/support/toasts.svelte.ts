export interface Toast {
  id: number;
  tone: 'info' | 'success' | 'error';
  text: string;
  action: { label: string; run: () => void } | undefined;
}

const SHOWN_MILLIS = 5_000;
const ERROR_MILLIS = 9_000;
const MOST_SHOWN = 4;

/** Short notices at the edge of the screen that go away by themselves. */
export class Toasts {
  list: Toast[] = $state.raw([]);
  private nextId = 0;

  info(text: string, action?: Toast['action']): void {
    this.show('info', text, action);
  }

  success(text: string, action?: Toast['action']): void {
    this.show('success', text, action);
  }

  error(text: string): void {
    this.show('error', text, undefined);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  private show(tone: Toast['tone'], text: string, action: Toast['action']): void {
    this.nextId += 1;
    const id = this.nextId;
    const others = this.list.filter((toast) => toast.text !== text);
    this.list = [...others, { id, tone, text, action }].slice(-MOST_SHOWN);
    setTimeout(() => this.dismiss(id), tone === 'error' ? ERROR_MILLIS : SHOWN_MILLIS);
  }
}
