import type { DeviceStorage } from '../support/storage';

const KEY = 'chatto.preview';

/** Whether what is written is shown as it will look; chosen for the device. */
export class PreviewChoice {
  on = $state(false);

  /** @param usual what it is until somebody chooses */
  constructor(
    private readonly storage: DeviceStorage,
    usual: boolean,
  ) {
    const chosen = storage.get(KEY);
    this.on = chosen === undefined ? usual : chosen === 'on';
  }

  toggle(): void {
    this.on = !this.on;
    this.storage.set(KEY, this.on ? 'on' : 'off');
  }
}
