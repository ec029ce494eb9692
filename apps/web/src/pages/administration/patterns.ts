/** Forms that the server asks for, so that a field can say so while one types. */
export const symbolPattern = /^\p{Lu}[\p{L}\p{N}]*([-&.][\p{L}\p{N}]+)*$/u;
export const codePattern = /^[!-~]+$/;
export const contactPattern = /^080\.\d{5}$/;
export const loginNamePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$/;
export const pinPattern = /^.{6,}$/;
