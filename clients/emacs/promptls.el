;;; promptls.el --- Prompts with token counts, completions and answers  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools

;;; Commentary:

;; Major modes for prompt files, and what Eglot and lsp-mode need to start the server for them.
;; (load "/path/to/promptls/clients/emacs/promptls.el"), then M-x eglot or M-x lsp in a prompt.

;;; Code:

(require 'url-util)

(defgroup promptls nil "A language server for prompts." :group 'languages)

(defcustom promptls-command
  (let ((checkout (expand-file-name "../../promptls" (file-name-directory (or load-file-name buffer-file-name "./")))))
    (list (cond ((executable-find "promptls")) ((file-executable-p checkout) checkout) (t "promptls")) "serve"))
  "The command that starts the server: the launcher on PATH, else the one of this checkout."
  :type '(repeat string))

(defcustom promptls-settings nil
  "Settings of the server as a property list, without their prefix, such as (:model \"smollm2-135m-instruct\")."
  :type 'plist)

(defvar promptls-font-lock-keywords
  '(("{{~?!--\\(?:.\\|\n\\)*?--~?}}" 0 font-lock-comment-face t)
    ("{{~?\\s-*\\(role\\|history\\|section\\|media\\)\\>\\s-*\\(\"[^\"]*\"\\)?"
     (1 font-lock-keyword-face) (2 font-lock-type-face nil t))
    ("{{~?\\s-*\\([#/^>]\\s-*[[:alnum:]_.-]*\\)" 1 font-lock-keyword-face)
    ("{{~?\\s-*\\([[:alnum:]_@.-]+\\)\\s-*~?}}" 1 font-lock-variable-name-face)
    ("^\\(---\\)\\s-*$" 1 font-lock-comment-delimiter-face)
    ("^\\s-*\\([[:alpha:]][[:alnum:] _.-]\\{0,40\\}:\\)\\(?:\\s-\\|$\\)" 1 font-lock-constant-face))
  "Front matter keys, labels and Handlebars.")

;;;###autoload
(define-derived-mode promptls-mode text-mode "Prompt"
  "Major mode for dotprompt files."
  (setq-local comment-start "{{!-- " comment-end " --}}")
  (font-lock-add-keywords nil promptls-font-lock-keywords)
  (font-lock-mode 1))

;;;###autoload
(define-derived-mode promptls-prompty-mode promptls-mode "Prompty" "Major mode for Prompty files.")
;;;###autoload
(define-derived-mode promptls-github-mode promptls-mode "Prompt[GitHub]" "Major mode for prompts of GitHub Models.")
;;;###autoload
(define-derived-mode promptls-markdown-mode promptls-mode "Prompt[Markdown]" "Major mode for prompts in Markdown.")
;;;###autoload
(define-derived-mode promptls-text-mode promptls-mode "Prompt[Text]" "Major mode for plain text prompts.")
;;;###autoload
(define-derived-mode promptls-data-mode promptls-mode "Prompt[Data]" "Major mode for chats and training data in JSON lines.")
;;;###autoload
(define-derived-mode promptls-poml-mode promptls-mode "POML" "Major mode for POML files.")

(defconst promptls-language-ids
  '((promptls-prompty-mode . "prompty")
    (promptls-github-mode . "promptls-github")
    (promptls-markdown-mode . "promptls-markdown")
    (promptls-text-mode . "promptls-text")
    (promptls-data-mode . "jsonl")
    (promptls-poml-mode . "poml")
    (promptls-mode . "promptls"))
  "The language id that each mode tells the server.")

;;;###autoload
(dolist (entry '(("\\.prompt\\'" . promptls-mode)
                 ("\\.prompty\\'" . promptls-prompty-mode)
                 ("\\.prompt\\.ya?ml\\'" . promptls-github-mode)
                 ("\\(?:\\.\\(?:prompt\\|instructions\\|agent\\|chatmode\\)\\|/copilot-instructions\\|/SKILL\\)\\.md\\'" . promptls-markdown-mode)
                 ("\\.prompt\\.txt\\'" . promptls-text-mode)
                 ("\\.jsonl\\'" . promptls-data-mode)
                 ("\\.poml\\'" . promptls-poml-mode)))
  (add-to-list 'auto-mode-alist entry))

(defvar eglot-server-programs)
(defvar eglot-workspace-configuration)
(with-eval-after-load 'eglot
  (dolist (mode promptls-language-ids)
    (put (car mode) 'eglot-language-id (cdr mode)))
  (add-to-list 'eglot-server-programs (cons (mapcar #'car promptls-language-ids) promptls-command))
  (add-hook 'promptls-mode-hook
            (lambda () (setq-local eglot-workspace-configuration (list :promptls (or promptls-settings (make-hash-table)))))))

(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp-activate-on "lsp-mode")
(defvar lsp-language-id-configuration)
(with-eval-after-load 'lsp-mode
  (dolist (mode promptls-language-ids)
    (add-to-list 'lsp-language-id-configuration mode))
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection (lambda () promptls-command))
                    :activation-fn (apply #'lsp-activate-on (mapcar #'cdr promptls-language-ids))
                    :server-id 'promptls)))

(declare-function eglot-current-server "eglot")
(declare-function eglot-execute-command "eglot")
(declare-function lsp-workspaces "lsp-mode")
(declare-function lsp-request "lsp-mode")

(defun promptls-execute (command)
  "Ask the server to execute its COMMAND, such as \"run\", on this file."
  (interactive (list (completing-read "Command: " '("run" "preview" "render" "stop" "clearResults") nil t)))
  (let* ((uri (concat "file://" (url-hexify-string (file-truename buffer-file-name) url-path-allowed-chars)))
         (name (concat "promptls." command))
         (arguments (vector (list :uri uri))))
    (cond ((and (fboundp 'eglot-current-server) (eglot-current-server))
           (eglot-execute-command (eglot-current-server) name arguments))
          ((fboundp 'lsp-request)
           (lsp-request "workspace/executeCommand" (list :command name :arguments arguments)))
          (t (user-error "The server is not running: start it with M-x eglot or M-x lsp")))))

(define-key promptls-mode-map (kbd "C-c C-c") #'promptls-execute)


(provide 'promptls)
;;; promptls.el ends here
