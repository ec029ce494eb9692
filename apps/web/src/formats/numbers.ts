const whole = new Intl.NumberFormat('vi-VN');
const percent = new Intl.NumberFormat('vi-VN', {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const megabytes = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** `146.000` */
export const number = (value: number): string => whole.format(value);

/** `0.9457` as `94,57%` */
export const share = (value: number): string => percent.format(value);

/** Bytes as `12,3 MB` or `45 kB`. */
export const size = (bytes: number): string =>
  bytes >= 1e6
    ? `${megabytes.format(bytes / 1e6)} MB`
    : `${whole.format(Math.max(1, Math.round(bytes / 1e3)))} kB`;
