/** Stops whatever else is playing on the page. */
export function playAlone(event: Event): void {
  for (const other of document.querySelectorAll('audio, video')) {
    if (other !== event.currentTarget && other instanceof HTMLMediaElement) other.pause();
  }
}

/** Whether this browser can never play what it was given, as opposed to a connection that broke off. */
export function isUnplayable(event: Event): boolean {
  const media = event.currentTarget;
  return media instanceof HTMLMediaElement && media.error?.code !== MediaError.MEDIA_ERR_NETWORK;
}
