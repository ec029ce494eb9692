export const copies = {
  title: 'Sao văn bản',
  description:
    'Bản sao được cấp số, ký số của cơ quan và phát hành như văn bản đi. Tệp được sao giữ nguyên; chữ ký trên đó vẫn hợp lệ.',
  make: 'Lập bản sao',
  done: 'Đã lập bản sao. Việc tiếp theo: cấp số.',
  kind: 'Hình thức sao',
  none: 'Văn bản này không sao tiếp được: bản sao lục, bản trích sao và hình thức sao không thuộc thẩm quyền của cơ quan thì không sao.',
  pages: 'Các trang cần trích',
  pagesHint: 'Ví dụ: 1, 3-5. Tệp chính có {{count}} trang; nên gồm trang đầu, nơi có thể thức văn bản.',
  recipients: 'Nơi nhận bản sao',
  made: 'Đã sao trước đây',
  verdict: {
    whole:
      'Đây là {{type}} của: {{what}}. Chữ ký của cơ quan sao đứng cuối; các chữ ký trước là của văn bản được sao.',
    extract:
      'Đây là {{type}} của: {{what}}. Tệp chỉ gồm những trang được trích và chỉ mang chữ ký của cơ quan sao.',
  },
} as const;
