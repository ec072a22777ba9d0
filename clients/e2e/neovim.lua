-- Run by neovim.sh. Each check looks where an author would look, or, where this Neovim is too old to show a thing,
-- asks the server for it.
local root, file = vim.env.PROMPTLS_E2E_ROOT, vim.env.PROMPTLS_E2E_FILE
local slow = 180000 -- for what needs the model; nothing waits that long unless the machine is busy
local quick = 30000
local passed, failed, skipped = 0, 0, 0

local function say(text)
  io.stdout:write(text .. '\n')
end

local function check(name, ok, shown)
  passed, failed = passed + (ok and 1 or 0), failed + (ok and 0 or 1)
  say((ok and 'ok    ' or 'FAILED ') .. name .. (shown and ': ' .. tostring(shown):gsub('\n.*', ' …') or ''))
  return ok
end

local function skip(name, why)
  skipped = skipped + 1
  say('left out ' .. name .. ': ' .. why)
end

local function session()
  local version = vim.version()
  say(('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch))
  vim.o.swapfile = false
  vim.opt.runtimepath:append(root .. '/clients/neovim')
  vim.cmd('filetype on | syntax on | runtime! ftdetect/promptls.vim')
  local config = require('promptls')
  config.setup({ autoPull = true })
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  local buffer = vim.api.nvim_get_current_buf()
  check('file type', vim.bo.filetype == 'promptls', vim.bo.filetype)

  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  local client
  vim.wait(quick, function()
    for _, c in ipairs(get()) do
      if c.name == 'promptls' and c.server_capabilities and next(c.server_capabilities) then
        client = c
      end
    end
    return client
  end, 20)
  if not check('initialize', client ~= nil) then
    return
  end

  -- The last line with the pattern, and the column where it starts.
  local function line_of(pattern)
    local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
    for i = #lines, 1, -1 do
      local column = lines[i]:find(pattern)
      if column then
        return i - 1, column - 1
      end
    end
    error('no line has ' .. pattern)
  end

  local function ask(method, extra, millis)
    local params = vim.tbl_extend('force', { textDocument = { uri = vim.uri_from_bufnr(buffer) } }, extra or {})
    local answers, problem = vim.lsp.buf_request_sync(buffer, method, params, millis or quick)
    local answer = answers and answers[client.id] or { err = { message = problem } }
    return answer.result, answer.err and answer.err.message or answer.error and answer.error.message
  end

  local function at(pattern, after)
    local line, character = line_of(pattern)
    return { position = { line = line, character = character + (after or 0) } }
  end

  -- Capabilities registered after the start arrive a little later
  vim.wait(quick, function()
    return not client.supports_method or vim.fn.has('nvim-0.11') == 0 or client:supports_method('textDocument/hover')
  end, 20)

  -- Tokens
  local hover = {}
  vim.wait(slow, function()
    local result = ask('textDocument/hover', at('What a wonderful film', 8))
    hover = result and result.contents or {}
    return hover.value and hover.value:find('%*%*%d+ tokens?%*%*') -- ≈ until the tokenizer is there
  end, 500)
  check('hover on an example counts its tokens', hover.value and hover.value:find('tokens?%*%* · .- of the prompt'), hover.value)

  -- Completion
  local query = line_of('^Review: {{review}}$')
  local items = ask('textDocument/completion', { position = { line = query, character = #'Review: {{' } })
  items = items and (items.items or items) or {}
  local labels = vim.tbl_map(function(item)
    return item.label
  end, items)
  check('completion offers the variables', vim.tbl_contains(labels, 'review'), table.concat(labels, ' '):sub(1, 60))

  -- Lenses
  local lenses = {}
  vim.wait(slow, function()
    lenses = {}
    for _, lens in ipairs(ask('textDocument/codeLens') or {}) do
      lens = lens.command and lens or ask('codeLens/resolve', lens) or lens
      lenses[#lenses + 1] = lens.command and lens.command.title or '?'
    end
    return #lenses > 0 and table.concat(lenses, ' '):find('tokens')
  end, 500)
  check('lenses show Run and tokens', table.concat(lenses, ' '):find('Run') and table.concat(lenses, ' '):find('tokens'), table.concat(lenses, ' | '))

  -- Running
  local uri = vim.uri_from_bufnr(buffer)
  local function execute(command, arguments)
    return ask('workspace/executeCommand', { command = command, arguments = { vim.tbl_extend('force', { uri = uri }, arguments or {}) } }, slow)
  end
  local run, problem = execute('promptls.run')
  check('the prompt runs', run and vim.tbl_contains({ 'positive', 'negative' }, vim.trim(run.output or '')), run and run.output or problem)
  local example
  example, problem = execute('promptls.runExample', { index = 0 })
  check('an example runs', example and type(example.pass) == 'boolean', example and example.output or problem)
  local preview
  preview, problem = execute('promptls.preview')
  check('every example runs', preview and #preview.examples == 4, preview and 'accuracy ' .. preview.fewShot.accuracy or problem)

  -- Results behind the examples
  local whole = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(buffer), character = 0 } }
  local hints = ''
  vim.wait(quick, function()
    hints = ''
    for _, hint in ipairs(ask('textDocument/inlayHint', { range = whole }) or {}) do
      local label = hint.label
      hints = hints .. (type(label) == 'string' and label or label[1].value)
    end
    return hints:find('⇒')
  end, 200)
  check('inlay hints show the answers', hints:find('⇒'), hints)
  if vim.lsp.inlay_hint then
    check('Neovim shows them', vim.wait(quick, function()
      return #vim.lsp.inlay_hint.get({ bufnr = buffer }) > 0
    end, 100))
  else
    skip('inlay hints on screen', 'this Neovim is older than 0.10')
  end

  -- Ghost text
  local ghost = ask('textDocument/inlineCompletion', {
    position = { line = query, character = #'Review: ' },
    context = { triggerKind = 1 },
  }, slow)
  ghost = ghost and (ghost.items or ghost) or {}
  check('inline completion answers', type(ghost) == 'table', ghost[1] and ghost[1].insertText or 'nothing to add')

  -- What is chosen from a list
  local lines = vim.api.nvim_buf_line_count(buffer)
  vim.ui.select = function(items, _, chosen)
    chosen(items[1])
  end
  vim.cmd('Promptls template')
  check('a template is chosen and inserted', vim.wait(quick, function()
    return vim.api.nvim_buf_line_count(buffer) > lines
  end, 50))
  vim.cmd('silent undo')

  -- An edit, and what is wrong with it
  vim.api.nvim_buf_set_lines(buffer, query, query + 1, false, { 'Review: {{reveiw}}' })
  local said = {}
  local complained = vim.wait(quick, function()
    said = vim.diagnostic.get(buffer)
    if #said == 0 then -- a Neovim that pulls shows them later; ask as it would
      local report = ask('textDocument/diagnostic')
      said = report and report.items or {}
    end
    for _, d in ipairs(said) do
      if d.message:find('reveiw') then
        said = d
        return true
      end
    end
  end, 200)
  check('a misspelt variable is found', complained, said.message)

  vim.lsp.stop_client(client.id)
  check('the server leaves', vim.wait(quick, function()
    return vim.lsp.get_client_by_id(client.id) == nil or client.is_stopped and client:is_stopped()
  end, 50))
end

local ok, problem = xpcall(session, debug.traceback)
if not ok then
  failed = failed + 1
  say('FAILED ' .. problem)
end
say(('%d passed, %d failed, %d left out'):format(passed, failed, skipped))
vim.cmd(failed == 0 and 'qall!' or 'cquit 1')
