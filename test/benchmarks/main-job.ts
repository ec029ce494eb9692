export const benchMainJob = (): Promise<void> => Promise.reject(new Error('x'));
