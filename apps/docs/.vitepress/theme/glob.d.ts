interface ImportMeta {
  /** Vite's: a loader for each file that fits, by its path. */
  glob<T>(
    pattern: string,
    options: { readonly import: "default" },
  ): Record<string, () => Promise<T>>;
}
