export const NAMES: string[];
export function themeSheet(): string;
export function fullName(sheet: string, name: string): string;
export function tokensCss(): string;
