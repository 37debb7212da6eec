// Runs before the first paint, so that a chosen theme never flashes in the other one. The rest is in src/lib/support/theme.
(() => {
    let choice = null;
    try {
        choice = localStorage.getItem('chatto.theme');
    } catch {
        // Without storage there is no choice, and the device decides.
    }
    const dark =
        choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
