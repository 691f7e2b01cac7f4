/** The themes that every surface is looked at in, with the class that the workbench has then. */
export const themes = {
  dark: { name: "Dark Modern", className: "vs-dark" },
  light: { name: "Light Modern", className: "vs" },
  hcDark: { name: "Dark High Contrast", className: "hc-black" },
  hcLight: { name: "Light High Contrast", className: "hc-light" },
} as const;

/** The short name of a theme, as in the file names of screenshots. */
export type ThemeName = keyof typeof themes;
