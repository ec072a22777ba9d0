--- What both ways of starting the server share: its command, its files, and one user command for each of its own.
local M = {}

M.filetypes = { 'promptls', 'prompty', 'promptls-github', 'promptls-markdown', 'promptls-text', 'jsonl', 'poml' }

--- The launcher on PATH, else the one of the checkout this file lies in.
function M.cmd()
  if vim.fn.executable('promptls') == 1 then
    return { 'promptls', 'serve' }
  end
  local here = debug.getinfo(1, 'S').source:sub(2)
  return { vim.fn.fnamemodify(here, ':p:h:h:h:h') .. '/promptls', 'serve' }
end

function M.root(file)
  local git = vim.fn.finddir('.git', vim.fn.fnamemodify(file, ':p:h') .. ';')
  return git ~= '' and vim.fn.fnamemodify(git, ':p:h:h') or vim.fn.fnamemodify(file, ':p:h')
end

local function client(buffer)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, c in ipairs(get({ name = 'promptls' })) do
    if c.name == 'promptls' and vim.lsp.buf_is_attached(buffer, c.id) then
      return c
    end
  end
end

--- Asks the server to execute one of its commands on the current file; `done(err, result)` gets the answer.
function M.execute(name, arguments, done)
  local buffer = vim.api.nvim_get_current_buf()
  local c = client(buffer)
  if not c then
    vim.notify('promptls is not running for this file.', vim.log.levels.WARN)
    return
  end
  local argument = vim.tbl_extend('force', { uri = vim.uri_from_bufnr(buffer) }, arguments or {})
  local parameters = { command = 'promptls.' .. name, arguments = { argument } }
  local handler = function(err, result)
    if done then
      done(err, result)
    elseif err then
      vim.notify(err.message, vim.log.levels.ERROR)
    elseif type(result) == 'table' and type(result.output) == 'string' then
      vim.notify(result.output)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    c:request('workspace/executeCommand', parameters, handler, buffer)
  else
    c.request('workspace/executeCommand', parameters, handler, buffer)
  end
end

--- What takes a name: without one, the server lists those there are.
local choices = {
  model = { command = 'selectModel', list = 'models', field = 'model' },
  template = { command = 'insertTemplate', list = 'templates', field = 'template' },
}

local function choose(choice, name)
  local function take(chosen)
    local c = client(vim.api.nvim_get_current_buf())
    local cursor = vim.lsp.util.make_position_params(0, c and c.offset_encoding).position
    M.execute(choice.command, { [choice.field] = chosen, position = cursor })
  end
  if name then
    return take(name)
  end
  M.execute(choice.command, nil, function(err, result)
    if err then
      return vim.notify(err.message, vim.log.levels.ERROR)
    end
    vim.ui.select(result[choice.list], {
      prompt = choice.field,
      format_item = function(item)
        return item.name .. '  ' .. (item.description or item.what)
      end,
    }, function(item)
      if item then
        take(item.name)
      end
    end)
  end)
end

--- Turns on what Neovim leaves off, for one buffer: lenses, inlay hints, ghost text (<Tab> accepts), and :Promptls.
function M.on_attach(c, buffer)
  if vim.lsp.codelens then
    if vim.lsp.codelens.enable then
      vim.lsp.codelens.enable(true, { bufnr = buffer })
    else
      vim.api.nvim_create_autocmd({ 'BufEnter', 'CursorHold', 'InsertLeave' }, {
        buffer = buffer,
        callback = function()
          vim.lsp.codelens.refresh()
        end,
      })
      vim.lsp.codelens.refresh()
    end
  end
  if vim.lsp.inlay_hint then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if vim.lsp.inline_completion then
    vim.lsp.inline_completion.enable(true, { bufnr = buffer })
    vim.keymap.set('i', '<Tab>', function()
      return vim.lsp.inline_completion.get() and '' or '<Tab>'
    end, { buffer = buffer, expr = true, desc = 'Accept the ghost text' })
  end
  local commands = { 'run', 'preview', 'render', 'stop', 'clearResults' }
  vim.api.nvim_buf_create_user_command(buffer, 'Promptls', function(call)
    local choice = choices[call.fargs[1]]
    if choice then
      choose(choice, call.fargs[2])
    else
      M.execute(call.fargs[1])
    end
  end, {
    nargs = '+',
    complete = function(start)
      return vim.tbl_filter(function(name)
        return vim.startswith(name, start)
      end, vim.list_extend(vim.tbl_keys(choices), commands))
    end,
    desc = 'promptls: run, preview, render, stop, clearResults, model [NAME], template [NAME]',
  })
end

--- Starts the server. `settings` is a table of the settings without their prefix, such as { model = 'smollm2-135m' }.
function M.setup(settings)
  local config = {
    name = 'promptls',
    cmd = M.cmd(),
    filetypes = M.filetypes,
    settings = { promptls = settings or vim.empty_dict() },
    on_attach = M.on_attach,
  }
  if vim.lsp.config and vim.lsp.enable then
    config.root_markers = { '.git' }
    vim.lsp.config('promptls', config)
    vim.lsp.enable('promptls')
    return
  end
  local started = {}
  vim.api.nvim_create_autocmd('FileType', {
    pattern = M.filetypes,
    callback = function(event)
      local own = vim.tbl_extend('force', config, { root_dir = M.root(event.file) })
      if vim.lsp.start then
        vim.lsp.start(own)
      else -- 0.7
        started[own.root_dir] = started[own.root_dir] or vim.lsp.start_client(own)
        vim.lsp.buf_attach_client(event.buf, started[own.root_dir])
      end
    end,
  })
end

return M
