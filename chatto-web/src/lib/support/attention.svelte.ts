/** Whether the person is looking at this tab: it is visible and has the focus. */
export class Attention {
  present = $state(false);

  start(): () => void {
    const update = (): void => {
      this.present = document.visibilityState === 'visible' && document.hasFocus();
    };
    update();
    window.addEventListener('focus', update);
    window.addEventListener('blur', update);
    document.addEventListener('visibilitychange', update);
    return () => {
      window.removeEventListener('focus', update);
      window.removeEventListener('blur', update);
      document.removeEventListener('visibilitychange', update);
    };
  }
}
