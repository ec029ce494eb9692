export { handwritingPng } from './handwriting';
export { sealPng } from './seal';
