/** @import * as types from "../types.mjs" */
import { TelemetryApi } from "./telemetry.mjs";
import { segment } from "./transport.mjs";

/** The assistant and the knowledge base. */
export class KnowledgeApi extends TelemetryApi {
  /**
   * Ask the assistant.
   *
   * @param {types.AskAssistantBody["message"]} message
   * @param {object} [context]
   * @returns {Promise<types.AskAssistantAnswer>}
   */
  sendChatMessage(message, context) {
    return this.send("POST", "/chat", { body: { message, context } });
  }

  /**
   * The articles, without their text.
   *
   * @returns {Promise<types.ListArticlesAnswer>}
   */
  getKnowledgeBaseArticles() {
    return this.send("GET", "/knowledge-base/articles");
  }

  /**
   * One article.
   *
   * @param {string} articleId
   * @returns {Promise<types.ShowArticleAnswer>}
   */
  getKnowledgeBaseArticle(articleId) {
    return this.send("GET", `/knowledge-base/articles/${segment(articleId)}`);
  }

  /**
   * Articles that speak of something.
   *
   * @param {types.SearchArticlesQuery["q"]} q
   * @param {Omit<types.SearchArticlesQuery, "q">} [filters]
   * @returns {Promise<types.SearchArticlesAnswer>}
   */
  searchKnowledgeBase(q, filters) {
    return this.send("GET", "/knowledge-base/search", { query: { q, ...filters } });
  }

  /**
   * The categories of articles.
   *
   * @returns {Promise<types.ListArticleCategoriesAnswer>}
   */
  getKnowledgeBaseCategories() {
    return this.send("GET", "/knowledge-base/categories");
  }

  /**
   * How much the knowledge base holds.
   *
   * @returns {Promise<types.ShowKnowledgeStatsAnswer>}
   */
  getKnowledgeBaseStats() {
    return this.send("GET", "/knowledge-base/stats");
  }

  /**
   * Say what one thinks of an article.
   *
   * @param {types.KeepArticleFeedbackBody} feedback
   * @returns {Promise<types.KeepArticleFeedbackAnswer>}
   */
  sendKnowledgeBaseFeedback(feedback) {
    return this.send("POST", "/knowledge-base/feedback", { body: feedback });
  }
}
