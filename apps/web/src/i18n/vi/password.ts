export const password = {
  title: 'Đặt mật khẩu của bạn',
  why: 'Mật khẩu hiện nay do người quản trị cấp, chỉ dùng một lần. Hãy đặt mật khẩu riêng để bắt đầu làm việc.',
  current: 'Mật khẩu được cấp',
  currentHint: 'Mật khẩu bạn vừa dùng để đăng nhập.',
  fresh: 'Mật khẩu mới',
  freshHint: 'Ít nhất 12 ký tự; một câu dài dễ nhớ là tốt nhất. Không chứa tên đăng nhập.',
  again: 'Nhập lại mật khẩu mới',
  differs: 'Hai lần nhập chưa giống nhau.',
  action: 'Đặt mật khẩu',
} as const;
