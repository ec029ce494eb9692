export interface NodeState {
  /** Lower-case letters, digits, dots and hyphens (checked by the configuration). */
  readonly nodeId: string;
  readonly demo: boolean;
  readonly database: 'up' | 'down';
  readonly queue: 'up' | 'down';
}

const states = {
  up: 'Hoạt động · <span lang="en">up</span>',
  down: 'Không phản hồi · <span lang="en">down</span>',
} as const;

/** The page as one document: no script, nothing fetched. */
export function homePage({ nodeId, demo, database, queue }: NodeState): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sealpost · ${nodeId}</title>
<style>
:root { color-scheme: light dark; --line: #8a8d90; --good: #1e6f39; --bad: #a30000; --mark: #fdf3c7; --on-mark: #3d2f00; }
@media (prefers-color-scheme: dark) { :root { --good: #7fd49a; --bad: #ff9f9b; --mark: #4a3b00; --on-mark: #fdf3c7; } }
body { font: 16px/1.5 "Be Vietnam Pro", system-ui, sans-serif; margin: 0 auto; max-width: 44rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 1rem 0 0; }
p { margin: .25rem 0 1rem; }
.demo { background: var(--mark); color: var(--on-mark); padding: .5rem .75rem; border-left: 4px solid currentColor; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; border-block: 1px solid var(--line); padding: .75rem 0; }
dt { font-weight: 600; }
dd { margin: 0; }
.up { color: var(--good); }
.down { color: var(--bad); font-weight: 600; }
</style>
</head>
<body>
${demo ? '<p class="demo">Khóa trình diễn, không dùng cho bí mật. <span lang="en">Demo keys: not for secrets.</span></p>' : ''}
<main>
<h1>Sealpost</h1>
<p>Trao đổi văn bản điện tử có chữ ký số giữa các cơ quan.<br><span lang="en">Exchange of signed official documents between agencies.</span></p>
<dl>
<dt>Nút · <span lang="en">Node</span></dt><dd>${nodeId}</dd>
<dt>Cơ sở dữ liệu · <span lang="en">Database</span></dt><dd class="${database}">${states[database]}</dd>
<dt>Hàng đợi · <span lang="en">Queue</span></dt><dd class="${queue}">${states[queue]}</dd>
</dl>
<ul>
<li><a href="/api/docs">Tài liệu API · <span lang="en">API documentation</span></a></li>
<li><a href="/api/docs-json">OpenAPI</a></li>
<li><a href="/health/ready">Tình trạng · <span lang="en">Health</span></a></li>
</ul>
</main>
</body>
</html>
`;
}
